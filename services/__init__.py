"""The seven services of Arida; none imports another, they speak through events and HTTP."""
