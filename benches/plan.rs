//! Benchmarks of plans: `cargo bench --bench plan`.

use chrono::NaiveDate;
use divan::{Bencher, black_box};
use pacebell::agenda::{Agenda, AgendaInput};
use pacebell::athlete::Athlete;
use pacebell::diagnostic::SourceText;
use pacebell::library::built_in;
use pacebell::plan::{Calendar, PlanAnchor, WorkoutLookup, check_plan, compile_plan, read_plan};

fn main() {
    divan::main();
}

/// The workouts that come with the program.
struct BuiltInWorkouts;

impl WorkoutLookup for BuiltInWorkouts {
    fn workout(&self, name: &str) -> Option<SourceText> {
        built_in().into_iter().find(|workout| workout.name == name).map(|workout| workout.source())
    }

    fn names(&self) -> Vec<String> {
        built_in().into_iter().map(|workout| workout.name.to_string()).collect()
    }
}

/// Sixty weeks with a session on each day, some of which change every week.
fn sixty_weeks() -> SourceText {
    let text = "name = \"Sixty weeks\"\n\
        [progress]\n\
        long = { from = \"75-90min\", grow = \"1%\", down = 0.8 }\n\
        reps = { from = \"4\", grow = \"0.2\" }\n\
        [workouts]\n\
        vo2 = { steps = \"warmup 10min easy, {reps}×3min 5K / 2min jog, cooldown 10min easy\" }\n\
        [usual]\n\
        mon = \"recovery-jog or rest\"\n\
        tue = \"vo2\"\n\
        wed = \"30-40min easy and hill-repeats\"\n\
        thu = \"tempo-micro\"\n\
        fri = \"strides\"\n\
        sat = \"medium-long-progressive\"\n\
        sun = \"{long} easy\"\n\
        any = \"strength-a and strength-b\"\n\
        [[week]]\n\
        times = 60\n";
    SourceText::new("sixty.toml", text)
}

fn sixty_week_calendar() -> Calendar {
    let anchor = PlanAnchor::start(NaiveDate::default());
    match compile_plan(&read_plan(&sixty_weeks()), anchor, None, &BuiltInWorkouts) {
        Ok(calendar) => calendar,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

/// Reads and compiles sixty weeks. It may take at most 20 ms.
#[divan::bench]
fn compile_sixty_weeks(bencher: Bencher) {
    let (source, athlete) = (sixty_weeks(), Athlete::with_vdot(45.0));
    let anchor = PlanAnchor::start(NaiveDate::default());
    bencher.bench_local(|| {
        compile_plan(&read_plan(black_box(&source)), anchor, Some(&athlete), &BuiltInWorkouts)
    });
}

/// Reports a mistake on each day of sixty weeks.
#[divan::bench]
fn report_mistakes_in_sixty_weeks(bencher: Bencher) {
    let text = sixty_weeks().text.replace("easy", "easyy").replace("strides", "stridess");
    let source = SourceText::new("sixty.toml", text);
    bencher.bench_local(|| check_plan(&read_plan(black_box(&source)), None, &BuiltInWorkouts));
}

/// Lays an empty log over sixty weeks.
#[divan::bench]
fn agenda_of_sixty_weeks(bencher: Bencher) {
    let calendar = sixty_week_calendar();
    let today = NaiveDate::default() + chrono::Days::new(200);
    bencher.bench_local(|| {
        let input = AgendaInput { sessions: &[], choices: &[], today };
        Agenda::new(black_box(&calendar), input).weeks.len()
    });
}
