//! The arguments of `pacebell plan`, `today` and `week`.

use super::examples;
use super::options::{ColorOption, LogOption};
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = examples::PLAN)]
pub struct PlanArguments {
    #[command(subcommand)]
    pub command: Option<PlanCommand>,
    /// Print your plan as JSON, for other programs
    #[arg(long)]
    pub json: bool,
    /// Use this log file instead of the default one
    #[arg(long, global = true, value_name = "FILE")]
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub color: ColorOption,
}

#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// List the plans in the library
    #[command(after_help = examples::PLAN_LIST)]
    List,
    /// Show every day of a plan, without starting it
    #[command(after_help = examples::PLAN_SHOW)]
    Show {
        /// A name from the library, a file, or - for standard input [default:
        /// the plan you follow]
        #[arg(value_name = "PLAN")]
        plan: Option<String>,
        #[command(flatten)]
        dates: PlanDates,
        /// Print the plan as JSON, for other programs
        #[arg(long)]
        json: bool,
    },
    /// Start a plan
    ///
    /// Without a date, it begins on the next first day of its weeks. With
    /// --race, it is counted back from the race: if time is short you join
    /// later in the plan, and if there is more time it begins later.
    #[command(after_help = examples::PLAN_START)]
    Start {
        /// A name from the library, or a file
        #[arg(value_name = "PLAN")]
        plan: String,
        #[command(flatten)]
        dates: PlanDates,
    },
    /// Take over what you changed in the plan's file
    ///
    /// Shows each day from today on that would change, and asks. Days that are
    /// over stay as they were.
    #[command(after_help = examples::PLAN_UPDATE)]
    Update {
        /// Do not ask
        #[arg(short, long)]
        yes: bool,
    },
    /// Move a session to another day
    #[command(after_help = examples::PLAN_MOVE)]
    Move {
        /// A session, such as w3-sun-1, or its day
        #[arg(value_name = "ITEM")]
        item: String,
        /// The new day: sat, tomorrow, 2026-12-19
        #[arg(value_name = "DAY")]
        to: String,
    },
    /// Skip a session
    #[command(after_help = examples::PLAN_SKIP)]
    Skip {
        /// A session, such as w3-sun-1, or its day
        #[arg(value_name = "ITEM")]
        item: String,
    },
    /// Take what `pacebell today` offers, or an alternative
    ///
    /// A missed session is run today instead of today's own. With a length, a
    /// run of one part is cut to it. Of a session such as `easy-15 or rest`,
    /// the alternative with this number or name is taken.
    #[command(after_help = examples::PLAN_TAKE)]
    Take {
        /// A session, such as w3-tue, or its day
        #[arg(value_name = "ITEM")]
        item: String,
        /// The most to run of it, such as 90min, or an alternative: rest, 2
        #[arg(value_name = "LENGTH|ALTERNATIVE")]
        most: Option<String>,
    },
    /// Count another run as a session of the plan
    #[command(after_help = examples::PLAN_DONE)]
    Done {
        /// A session, such as w3-tue, or its day [default: the day of the run]
        #[arg(value_name = "ITEM")]
        item: Option<String>,
        /// The day of the run: yesterday, tue, 2026-12-08 [default: today]
        #[arg(long, value_name = "DAY")]
        on: Option<String>,
    },
    /// Go on with the plan after a week without a run
    #[command(after_help = examples::PLAN_RESUME)]
    Resume {
        /// Repeat the last week in which you ran; all later weeks move
        #[arg(long)]
        repeat: bool,
    },
    /// End the plan
    #[command(after_help = examples::PLAN_STOP)]
    Stop,
    /// Check plans for mistakes
    #[command(after_help = examples::PLAN_CHECK)]
    Check {
        /// Names from the library, files, or - for standard input
        #[arg(value_name = "PLAN", required = true)]
        plans: Vec<String>,
    },
    /// Write the plan that you follow into a calendar file
    ///
    /// Each session is an event of a whole day. Import the file again after a
    /// change: the events are updated, not doubled. With `[calendar]` in the
    /// settings, a file is kept current.
    #[command(after_help = examples::PLAN_EXPORT)]
    Export {
        /// The file to write: an iCalendar file (.ics)
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Create a plan of your own
    #[command(after_help = examples::PLAN_NEW)]
    New {
        /// What to call the plan
        #[arg(value_name = "NAME")]
        name: String,
    },
}

impl PlanCommand {
    /// True for a command that may change the plan that the runner follows.
    pub const fn changes_plan(&self) -> bool {
        match self {
            PlanCommand::Start { .. }
            | PlanCommand::Update { .. }
            | PlanCommand::Move { .. }
            | PlanCommand::Skip { .. }
            | PlanCommand::Take { .. }
            | PlanCommand::Done { .. }
            | PlanCommand::Resume { .. }
            | PlanCommand::Stop => true,
            PlanCommand::List
            | PlanCommand::Show { .. }
            | PlanCommand::Check { .. }
            | PlanCommand::Export { .. }
            | PlanCommand::New { .. } => false,
        }
    }
}

/// The date that a plan's days are counted from.
#[derive(Clone, Debug, Default, Args)]
pub struct PlanDates {
    /// Begin on this day: today, mon, 2026-12-07
    #[arg(long, value_name = "DAY", conflicts_with = "race")]
    pub on: Option<String>,
    /// End with a race on this day: "18 april", 2027-04-18
    #[arg(long, value_name = "DAY")]
    pub race: Option<String>,
}

#[derive(Debug, Args)]
pub struct TodayArguments {
    /// Print one line, for a prompt or a status bar
    #[arg(long, conflicts_with = "json")]
    pub line: bool,
    /// Print today as JSON, for other programs
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub log: LogOption,
    #[command(flatten)]
    pub color: ColorOption,
}

#[derive(Debug, Args)]
pub struct WeekArguments {
    /// A day of the week: today, "14 dec", 2026-12-14 [default: today]
    #[arg(value_name = "DAY")]
    pub date: Option<String>,
    #[command(flatten)]
    pub log: LogOption,
    #[command(flatten)]
    pub color: ColorOption,
}
