//! The contents of the pages, in words.

use crate::agenda::PlanChoice;
use crate::plan::ItemId;
use crate::workout::sequence::Sequence;
use chrono::NaiveDate;
use std::sync::Arc;

/// The state of a session on its day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionMark {
    /// It is still ahead.
    #[default]
    Ahead,
    /// It was run.
    Run,
    /// A part of it was run.
    Part,
    /// It was moved to another day.
    Moved,
    /// It was let go.
    LetGo,
}

impl SessionMark {
    /// The sign. Empty for a session ahead.
    pub const fn sign(self) -> &'static str {
        match self {
            SessionMark::Ahead => "",
            SessionMark::Run => "✓",
            SessionMark::Part => "◐",
            SessionMark::Moved => "→",
            SessionMark::LetGo => "·",
        }
    }
}

/// A day that a session can be moved to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveTarget {
    /// The date.
    pub to: NaiveDate,
    /// The day: `Thu 17 December`.
    pub day: String,
    /// The sessions of that day, and what the move means for them.
    pub note: String,
}

/// The effect of choosing a session or an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum OfferTarget {
    /// Run a session of an item.
    Item {
        /// The item.
        item: ItemId,
        /// The session among the item's alternatives, counted from 0.
        option: usize,
    },
    /// Run a missed item in place of today's.
    Missed {
        /// The missed item.
        item: ItemId,
        /// The item that it replaces.
        instead_of: Option<ItemId>,
    },
    /// Run an easier session in place of an item, as a check-in offers it.
    Easier(ItemId),
    /// Answer a question with a choice.
    Answer(PlanChoice),
    /// End the plan.
    EndPlan,
}

impl OfferTarget {
    /// Returns the item that can be moved or skipped.
    pub const fn item(&self) -> Option<ItemId> {
        match self {
            OfferTarget::Item { item, .. } => Some(*item),
            OfferTarget::Missed { .. }
            | OfferTarget::Easier(_)
            | OfferTarget::Answer(_)
            | OfferTarget::EndPlan => None,
        }
    }
}

/// A session that the runner can run, or an answer to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionOffer {
    /// The effect of choosing it. `None` for rest.
    pub target: Option<OfferTarget>,
    /// The title.
    pub title: String,
    /// The total: `15:00`.
    pub total: String,
    /// Anything else to know, in a few words.
    pub note: String,
    /// The state.
    pub mark: SessionMark,
    /// The steps, for the chart. `None` for a race, for rest and for an answer.
    pub sequence: Option<Arc<Sequence>>,
    /// The belt's number of a run at a single speed, or other words beside the chart.
    pub speed: String,
    /// The days that it can be moved to.
    pub days: Vec<MoveTarget>,
}

/// Sessions under a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TodayGroup {
    /// The heading. Empty for the sessions of the day itself.
    pub heading: String,
    /// The sessions.
    pub offers: Vec<SessionOffer>,
}

/// A day of the week, in a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayTab {
    /// The weekday: `Mon`.
    pub day: String,
    /// The session in a word: `long`, `easy`, `–` for rest.
    pub word: String,
    /// The state.
    pub mark: SessionMark,
    /// True for today.
    pub is_today: bool,
}

/// A shorter run than the planned one.
#[derive(Clone, Debug, PartialEq)]
pub struct ShorterRun {
    /// The run: `79-90min easy`.
    pub title: String,
    /// The choice that takes it.
    pub choice: PlanChoice,
}

/// Today.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TodayView {
    /// The plan's name.
    pub plan: String,
    /// The place in the plan: `week 3 of 4 · Wed`.
    pub place: String,
    /// The date in full.
    pub date: String,
    /// The sessions to choose from.
    pub groups: Vec<TodayGroup>,
    /// The days of the week.
    pub days: Vec<DayTab>,
    /// Notes, each a paragraph.
    pub notes: Vec<String>,
    /// The shorter long run, if one is offered.
    pub shorter: Option<ShorterRun>,
}

impl TodayView {
    /// Adds a session below those of the day, under a heading of its own.
    pub fn add_below_day(&mut self, heading: &str, offer: Option<SessionOffer>) {
        let Some(offer) = offer else { return };
        let day = self.groups.iter().position(|group| group.heading.is_empty());
        let at = day.map_or(self.groups.len(), |day| day + 1);
        self.groups.insert(at, TodayGroup { heading: heading.to_string(), offers: vec![offer] });
    }

    /// Returns every session that can be chosen, in order.
    pub fn offers(&self) -> impl Iterator<Item = &SessionOffer> {
        self.groups.iter().flat_map(|group| &group.offers)
    }
}

/// A session of a week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekSession {
    /// The day: `Mon 14`. Empty for a second session of the same day, `any` for one of any day.
    pub day: String,
    /// The session, to run or to move.
    pub offer: SessionOffer,
    /// The time that was run.
    pub run: String,
    /// The minutes of easy and of hard running.
    pub easy: String,
    /// The minutes of hard running.
    pub hard: String,
    /// The perceived effort.
    pub rpe: String,
    /// The load.
    pub load: String,
    /// The note on what is optional, and on alternatives, in a word or two. Empty without a choice.
    pub short_note: String,
    /// True for today's.
    pub is_today: bool,
}

/// A figure of a week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekFigure {
    /// The name: `running`.
    pub name: String,
    /// The planned value.
    pub planned: String,
    /// The value so far.
    pub so_far: String,
    /// A note.
    pub note: String,
    /// A share from 0 to 1, to draw as a bar.
    pub share: Option<f64>,
}

/// A week.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeekTable {
    /// The plan's name.
    pub plan: String,
    /// The place in the plan: `week 3 of 4`.
    pub place: String,
    /// The title: `The week of 14 December`.
    pub title: String,
    /// The sessions, day by day.
    pub lines: Vec<WeekSession>,
    /// The figures.
    pub figures: Vec<WeekFigure>,
    /// Notes, each a paragraph.
    pub notes: Vec<String>,
}
