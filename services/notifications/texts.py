"""What each kind of notice says: its title, what happened, and what happens next.

The sentences fit everybody a rule tells, and name nobody. English source; see the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.web.i18n import LazyText
from shared.web.i18n import lazy_gettext as _


@dataclass(frozen=True)
class NoticeText:
    """The three sentences of a kind of notice."""

    title: LazyText
    what: LazyText
    next: LazyText


TEXTS: Mapping[str, NoticeText] = {
    "petition_receipt": NoticeText(
        _("Receipt for your petition"),
        _("The petition was filed with the president of the council. This message is its receipt."),
        _("The bureau of the council checks whether the petition can be accepted."),
    ),
    "petition_documents_added": NoticeText(
        _("Documents were added to a petition"),
        _("The petitioners handed in documents after filing."),
        _("Look at the documents and record whether the file is complete now."),
    ),
    "petition_withdrawal_requested": NoticeText(
        _("A withdrawal was requested"),
        _("The petitioners ask to withdraw their petition."),
        _("Record the withdrawal, or refuse it with the reason."),
    ),
    "case_opened": NoticeText(
        _("A petition is before the council"),
        _("The petition was registered and its case before the council is open."),
        _("The bureau accepts the petition, or a refusal with reasons is notified in its term."),
    ),
    "case_completion_requested": NoticeText(
        _("Something is missing in the file"),
        _("The secretariat asks the petitioners to complete the file."),
        _("Hand in what the file's page lists by the last day named here."),
    ),
    "case_completed": NoticeText(
        _("The file was completed"),
        _("What was missing in the file came in."),
        _("The bureau goes on with the petition."),
    ),
    "case_admitted": NoticeText(
        _("The petition was accepted"),
        _("The bureau of the council accepted the petition."),
        _("The competent committee studies it, and it goes on the agenda of an ordinary session."),
    ),
    "case_refused": NoticeText(
        _("The petition was refused"),
        _("The bureau of the council refused the petition and gave its reasons."),
        _("The reasons are on the petition's page. The refusal can be challenged as the law says."),
    ),
    "case_referred": NoticeText(
        _("The petition is before a committee"),
        _("The petition was referred to the competent permanent committee."),
        _("The committee reports to the council before the debate."),
    ),
    "case_hearing_set": NoticeText(
        _("The committee will hear you"),
        _("The committee that examines the petition invites those who speak for it to a hearing."),
        _("Who follows the procedure for the petitioners comes to the committee on that day."),
    ),
    "case_withdrawn": NoticeText(
        _("The petition was withdrawn"),
        _("The petition was withdrawn at the petitioners' request."),
        _("The council does not debate it. A new petition can be filed at any time."),
    ),
    "case_withdrawal_refused": NoticeText(
        _("The withdrawal came too late"),
        _("The petition could not be withdrawn any more."),
        _("The procedure goes on; the reason is on the petition's page."),
    ),
    "case_deadline_approaching": NoticeText(
        _("A term ends soon"),
        _("A legal term of this petition ends soon."),
        _("Take the step the case page shows before the last day."),
    ),
    "case_deadline_moved": NoticeText(
        _("The last day of a term has moved"),
        _("A last day that you were told was computed anew."),
        _("The new day holds; the one told before no longer does."),
    ),
    "case_deadline_missed": NoticeText(
        _("A term was missed"),
        _("A legal term of this petition ended without the step it was for."),
        _("Open the case page now and take the step with the reason for the delay."),
    ),
    "consultation_requested": NoticeText(
        _("The council asks for your body's opinion"),
        _("The council asks your consultative body for its opinion on a petition."),
        _("The body debates it, adopts its opinion and submits it by the last day."),
    ),
    "consultation_lapsed": NoticeText(
        _("The time for an opinion is over"),
        _("No opinion of your body came in before the last day."),
        _("The council may go on without it."),
    ),
    "consultation_deadline_moved": NoticeText(
        _("The last day for an opinion has moved"),
        _("The last day for your body's opinion was counted anew."),
        _("The new day holds; the one told before no longer does."),
    ),
    "consultation_cancelled": NoticeText(
        _("The opinion is not needed any more"),
        _("The council took back its request for an opinion."),
        _("Your body may go on with the subject on its own initiative."),
    ),
    "opinion_submitted": NoticeText(
        _("A consultative opinion was submitted"),
        _("A consultative body submitted its opinion to the council."),
        _("The council takes note of the opinion when it debates the subject."),
    ),
    "session_convened": NoticeText(
        _("You are convened to a session of the council"),
        _("The members of the council are convened to the session."),
        _("The agenda and the documents are on the session's page."),
    ),
    "session_duty_missed": NoticeText(
        _("The attendance register is still to be sent"),
        _("The last day to send the governor the copy of the attendance register has passed."),
        _("It is still owed: send it, and record the sending on the session's page."),
    ),
    "session_notice_failed": NoticeText(
        _("A member's notice of a session did not arrive"),
        _("The notice of the session did not reach a member of the council."),
        _("Send it again with proof by its last day; after it the president chooses."),
    ),
    "sitting_count_questioned": NoticeText(
        _("A count of members in office is in question"),
        _("A mandate recorded later leaves another number in office than a sitting counted."),
        _("The count stands until a second person corrects it on the session's page."),
    ),
    "session_postponed": NoticeText(
        _("A session of the council was postponed"),
        _("The session will not be held on the day that was announced."),
        _("A new notice follows with the new day."),
    ),
    "item_scheduled": NoticeText(
        _("The petition is on the council's agenda"),
        _("The petition was put on the agenda of a session of the council."),
        _("The council debates it in that session and votes."),
    ),
    "item_deliberated": NoticeText(
        _("The council debated the petition"),
        _("The council debated the petition and voted on it."),
        _("The council's decision is recorded and sent to the governor."),
    ),
    "decision_adopted": NoticeText(
        _("The council adopted a decision"),
        _("The council adopted the decision on the petition."),
        _("The decision is sent to the governor, who may oppose it in the legal term."),
    ),
    "item_rectified": NoticeText(
        _("The recorded vote was corrected"),
        _("The vote on the petition was recorded wrongly and is corrected by a new act."),
        _("The result named here holds now; the old one stays on the petition's page beside it."),
    ),
    "decision_rejected": NoticeText(
        _("The council did not adopt the petition"),
        _("The council voted on the petition and did not adopt it."),
        _("The procedure before the council ends here; the vote is on the petition's page."),
    ),
    "decision_dates_rectified": NoticeText(
        _("The dates of a decision were corrected"),
        _("The day on which the governor received the decision is corrected by a new act."),
        _("The days named here hold instead of those told before."),
    ),
    "decision_answer_rectified": NoticeText(
        _("The day of the governor's answer was corrected"),
        _("The day on which the governor's answer was received is corrected by a new act."),
        _("What is named here holds instead of what was told before; see the petition's page."),
    ),
    "decision_transmitted": NoticeText(
        _("The decision is with the governor"),
        _("The decision was sent to the governor against receipt."),
        _("If nobody opposes it in the legal term, the decision can be carried out."),
    ),
    "decision_opposed": NoticeText(
        _("The governor opposed the decision"),
        _("The governor opposed the decision in the legal term."),
        _("The council debates the subject again."),
    ),
    "decision_visa_refused": NoticeText(
        _("The visa was refused"),
        _("The decision needed the visa, and it was refused."),
        _("The council can deliberate on the subject again."),
    ),
    "decision_redeliberated": NoticeText(
        _("The council deliberated again"),
        _("The council voted again on a decision that was stopped."),
        _("The new decision takes its place; it is on the petition's page."),
    ),
    "erasure_requested": NoticeText(
        _("The erasure of a person's data was asked for"),
        _("Somebody asked that a person's data be erased; it is answered within ten days."),
        _("The page of erasures says what is erased, what waits and what stays."),
    ),
    "erasure_put_off": NoticeText(
        _("The erasure of your data waits"),
        _("Something of your data is still needed; the rest follows it."),
        _("It is erased by itself in its time; the page of your data says what waits, and why."),
    ),
    "case_reclassified": NoticeText(
        _("The petition is handled as a complaint"),
        _("With the petitioners' consent the petition goes on as a complaint."),
        _("The administration answers the complaint; the council does not debate it."),
    ),
    "case_rectified": NoticeText(
        _("The bureau's decision was corrected"),
        _("The bureau's decision on the petition was corrected by a new act."),
        _("What holds now is on the petition's page."),
    ),
    "case_closed": NoticeText(
        _("The case was closed"),
        _("The petition's case before the council came to its end."),
        _("What became of the petition is on its page. The case can be opened again."),
    ),
    "case_reopened": NoticeText(
        _("The case was opened again"),
        _("The petition's case before the council was opened again."),
        _("What happens next is on the petition's page."),
    ),
    "decision_enforceable": NoticeText(
        _("The decision can be carried out"),
        _("The term for opposing the decision is over."),
        _("The council carries the decision out; its progress is on the petition's page."),
    ),
    "decision_suspended": NoticeText(
        _("The decision cannot be carried out yet"),
        _("An opposition that was in time became known; what was told before holds no more."),
        _("The council debates the subject again."),
    ),
    "membership_granted": NoticeText(
        _("You were given a role in Arida"),
        _("The authority gave you a role in Arida."),
        _("Sign in to see what waits for you."),
    ),
}
