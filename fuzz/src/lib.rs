//! What must hold for every text that pacebell reads, whatever is in it.

use pacebell::athlete::Athlete;
use pacebell::belt::Treadmill;
use pacebell::cli::render::{ErrorStyle, render};
use pacebell::coach::Coach;
use pacebell::diagnostic::apply_fixes;
use pacebell::runner::profile::Profile;
use pacebell::session::{Command, Session, Summary};
use pacebell::units::{Millis, Moment, Rehearsal};
use pacebell::workout::sequence::Sequence;
use pacebell::workout::{Compiled, Diagnostic, SourceText, explain, line};
use std::sync::{Arc, LazyLock};

/// Checks that problems can be shown, that each underlines whole characters, and that fixes can be applied.
pub fn check_problems(source: &SourceText, problems: &[Diagnostic]) {
    for problem in problems {
        assert!(source.text.get(problem.span.clone()).is_some(), "{:?} in {:?}", problem.span, source.text);
        assert!(!problem.message.is_empty());
    }
    for columns in [20, 80] {
        let shown = render(problems, source, ErrorStyle { color: false, columns });
        let is_safe = |c: char| c == '\n' || !c.is_control();
        assert!(shown.chars().all(is_safe), "a control character in {shown:?}");
    }
    let _ = apply_fixes(&source.text, problems);
}

/// Checks that a workout can be described and run.
pub fn check_workout(source: &SourceText, compiled: Result<Compiled, Vec<Diagnostic>>) {
    let sequence = match compiled {
        Ok(compiled) => Arc::new(compiled.sequence),
        Err(problems) => {
            assert!(!problems.is_empty());
            return check_problems(source, &problems);
        }
    };
    assert!(!sequence.steps.is_empty());
    let style = Profile::default().line_style();
    let _ = (explain(&sequence, &style), line(&sequence, &style), sequence.totals());
    let written = serde_json::to_string(&*sequence).expect("plain data");
    // The last bit of a number may change.
    let read: Sequence = serde_json::from_str(&written).expect("the log can read it again");
    assert_eq!(read.steps.len(), sequence.steps.len());
    let mut session = Session::new(Arc::clone(&sequence));
    session.apply(Command::Start, Moment::new(0));
    check_session(&mut session);
}

/// Checks that a session can go on from where it is, and be summed up.
pub fn check_session(session: &mut Session) {
    let begun = session.latest();
    for (second, command) in
        [(1, Command::Skip), (2, Command::Pause), (3, Command::Resume), (60, Command::EndStep)]
    {
        let now = begun + Millis::from_secs(second);
        session.advance(now);
        session.apply(command, now);
        let _ = (session.forecast(now), session.position(now), session.next_change());
    }
    let _ = Coach::of(session.clone(), Treadmill::default(), Rehearsal::REAL_TIME);
    let _ = Summary::of(session);
}

/// An athlete with every pace, whose workouts have speeds.
pub static ATHLETE: LazyLock<Athlete> = LazyLock::new(|| {
    let text = "[athlete]\n5K = \"22:30\"\nhr_max = 185\nhr_rest = 50\n";
    Profile::parse(&SourceText::new("profile", text), None).expect("a valid profile").profile.athlete
});
