//! Ends that a sequence keeps as they were written.

use crate::workout::language::document::EndLine;
use crate::workout::sequence::WrittenEnd;

/// Returns the end as it was written, where the planned end does not say.
pub(super) fn written_end(line: EndLine) -> Option<WrittenEnd> {
    match line {
        EndLine::Reps { .. } => Some(WrittenEnd::Reps),
        EndLine::SendOff(every) => Some(WrittenEnd::SendOff(every)),
        EndLine::Share { upper, lower } => Some(WrittenEnd::Share { upper, lower }),
        EndLine::First { time, distance, .. } => Some(WrittenEnd::First { time, distance }),
        EndLine::Time { .. } | EndLine::Distance { .. } | EndLine::Open => None,
    }
}
