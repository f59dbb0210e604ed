"""What tests stand on: private servers, fixtures, time gates. Nothing here runs in production."""
