//! Repeats: how many reps are planned, and when the runner may end them.

use super::resolve::{Resolver, StepContext, between_reps, planned, work};
use super::resolved::{EarlyEnd, RepeatedItems, ResolvedNode, ResolvedRepeat};
use super::workout_size;
use crate::workout::language::document as doc;

impl Resolver<'_> {
    /// Notes that a recovery after a single rep is not run.
    pub(super) fn note_recovery_of_one(&mut self) {
        let note = "There is only one rep, so nothing stands between two: its recovery is left out.";
        self.note(note.to_string());
    }

    /// The repeat that `item` is; a group without steps for any other item.
    pub(super) fn repeat(&mut self, item: &doc::Item, context: &StepContext) -> ResolvedNode {
        let doc::Node::Repeat { count, least, endless, body, between } = &item.node else {
            return ResolvedNode::Group(Vec::new());
        };
        if let Some(least) = least {
            self.note(format!(
                "{least}-{count} reps are planned as {count}: once {least} are done, Enter ends them."
            ));
        }
        if let (1, None, Some(_)) = (count, least, between) {
            self.note_recovery_of_one();
        }
        let id = self.repeat_id();
        let body = self.item(body, &work(context).rested(between.is_some()));
        let rep = planned(&body);
        let between = between.as_ref().map(|b| Box::new(self.item(b, &between_reps(context, rep))));
        let (count, early_end) = match (endless, least) {
            (true, _) => (workout_size::endless_rounds(&body, between.as_deref()), EarlyEnd::Endless),
            (false, Some(least)) => (*count, EarlyEnd::After(*least)),
            (false, None) => (*count, EarlyEnd::Never),
        };
        let reps = RepeatedItems::Same(count, Box::new(body));
        ResolvedNode::Repeat(ResolvedRepeat { id, label: item.label.clone(), reps, early_end, between })
    }
}
