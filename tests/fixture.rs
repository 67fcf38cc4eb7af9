//! Sequences built by hand, as the compiler would build them, and the program with its own home directory.

use pacebell::athlete::Zone;
use pacebell::units::{Distance, Incline, Millis, Speed};
use pacebell::workout::sequence::*;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Returns a command that runs the program with its settings, data and state in this folder.
pub fn pacebell_at(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pacebell"));
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(name, home);
    }
    // Tests must not keep the machine awake.
    for name in ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"] {
        command.env(name, "unix:path=/nowhere");
    }
    command
}

/// Builds a sequence step by step.
pub struct Plan {
    sequence: Sequence,
}

pub fn plan(name: &str) -> Plan {
    Plan {
        sequence: Sequence {
            author: None,
            source: None,
            tags: Vec::new(),
            before: None,
            during_ease: Vec::new(),
            during_signs: Vec::new(),
            after_ask: Vec::new(),
            version: SEQUENCE_VERSION,
            name: name.to_string(),
            about: None,
            activity: Activity::Run,
            show_pace: true,
            repeats: Vec::new(),
            steps: Vec::new(),
            assumptions: Vec::new(),
            warnings: Vec::new(),
            easy: None,
            treadmill: None,
            is_lighter: false,
            bends: Default::default(),
        },
    }
}

/// Returns an intensity with a zone and, unless `kmh` is 0, a speed.
pub fn intensity(zone: u8, kmh: f64) -> Intensity {
    Intensity {
        speed: (kmh > 0.0 || zone == 0).then(|| Speed::from_kmh(kmh)),
        zone: Zone::new(zone),
        ..Intensity::default()
    }
}

/// A step of some seconds.
pub fn step(words: &str, seconds: u64, zone: u8, kmh: f64) -> PlannedStep {
    PlannedStep {
        id: StepId(0),
        kind: Kind::Run,
        role: Role::Work,
        label: None,
        end: time(seconds),
        written: None,
        until: None,
        target: Target {
            words: words.to_string(),
            start: intensity(zone, kmh),
            ramp_to: None,
            speed_range: None,
            suggested: None,
            heart_rate: None,
            rpe: None,
            breathing: None,
        },
        incline: Incline::FLAT,
        incline_to: None,
        reps: Vec::new(),
        cues: Vec::new(),
        on_belt: None,
        offset: None,
        source: SourceSpan::default(),
    }
}

pub fn time(seconds: u64) -> End {
    End::Time { upper: Millis::from_secs(seconds), lower: None }
}

impl Plan {
    pub fn about(mut self, about: &str) -> Self {
        self.sequence.about = Some(about.to_string());
        self
    }

    pub fn by_feel(mut self) -> Self {
        self.sequence.show_pace = false;
        self
    }

    pub fn then(mut self, mut step: PlannedStep) -> Self {
        step.id = StepId(self.sequence.steps.len() as u32);
        self.sequence.steps.push(step);
        self
    }

    /// A repeat with a recovery between the reps.
    pub fn repeat(self, n: u32, work: PlannedStep, between: PlannedStep) -> Self {
        self.sets(&[], n, work, between)
    }

    /// A repeat inside other repeats.
    pub fn sets(mut self, outer: &[Rep], n: u32, mut work: PlannedStep, mut between: PlannedStep) -> Self {
        let id = self.around(None, n);
        work.kind = Kind::Interval;
        between.kind = Kind::Recovery;
        between.role = Role::Between;
        for rep in 1..=n {
            let mut reps = outer.to_vec();
            reps.push(Rep { id, n: rep, of: Some(n), may_end: false });
            work.reps = reps.clone();
            between.reps = reps;
            self = self.then(work.clone());
            if rep < n {
                self = self.then(between.clone());
            }
        }
        self
    }

    /// Adds a repeat that steps can refer to.
    pub fn around(&mut self, label: Option<&str>, of: u32) -> RepeatId {
        let id = RepeatId(self.sequence.repeats.len() as u32);
        let label = label.map(str::to_string);
        self.sequence.repeats.push(Repeat { id, label, of: Some(of), least: None });
        id
    }

    pub fn done(mut self) -> Arc<Sequence> {
        let mut at = Some(Millis::ZERO);
        for step in &mut self.sequence.steps {
            step.offset = at;
            at = at.zip(step.end.planned()).map(|(a, l)| a + l);
        }
        Arc::new(self.sequence)
    }
}

pub fn of_kind(kind: Kind, role: Role, mut step: PlannedStep) -> PlannedStep {
    (step.kind, step.role) = (kind, role);
    step
}

pub fn warmup(step: PlannedStep) -> PlannedStep {
    of_kind(Kind::Warmup, Role::Warmup, step)
}

pub fn cooldown(step: PlannedStep) -> PlannedStep {
    of_kind(Kind::Cooldown, Role::Cooldown, step)
}

/// 5 min easy, 8×60 s hard with 60 s easy between, 5 min easy: 25 min.
pub fn intervals() -> Arc<Sequence> {
    let mut hard = step("hard", 60, 5, 14.0);
    hard.cues = vec![TextCue {
        when: CueTime::At(Millis::from_secs(10)),
        text: "relax your shoulders".to_string(),
        asks: false,
    }];
    plan("Short intervals")
        .about("VO2max and speed: eight hard minutes, easy jogs between.")
        .then(warmup(step("easy", 300, 2, 9.0)))
        .repeat(8, hard, step("easy", 60, 2, 9.0))
        .then(cooldown(step("walk", 300, 1, 5.0)))
        .done()
}

/// [`intervals`] with a checklist, suggestions to ease off, signs, a question in every hard step, and questions at the
/// end.
pub fn careful() -> Arc<Sequence> {
    let mut sequence = Arc::unwrap_or_clone(intervals());
    let words = |all: &[&str]| all.iter().map(|text| text.to_string()).collect::<Vec<String>>();
    sequence.before = Some(Checklist {
        stop_if_any: words(&["chest pain", "fever"]),
        advice: Some("see a doctor".to_string()),
    });
    sequence.during_ease = words(&["Slow down", "Walk", "Stop"]);
    sequence.during_signs = words(&["No full sentences", "Soreness increases"]);
    sequence.after_ask = vec![Question::Rpe, Question::Text("Calves?".to_string())];
    for step in sequence.steps.iter_mut().filter(|step| step.role == Role::Work) {
        let when = CueTime::Every(Millis::from_secs(20));
        step.cues.push(TextCue { when, text: "can you say a full sentence?".to_string(), asks: true });
    }
    Arc::new(sequence)
}

/// A ramp with a rising incline, a plateau, and a ramp down.
pub fn ramp() -> Arc<Sequence> {
    let mut up = step("6 → 10 km/h", 300, 1, 6.0);
    up.target.ramp_to = Some(intensity(3, 10.0));
    up.incline_to = Some(Incline::from_percent(4.0));
    let mut plateau = step("10.0 km/h", 900, 3, 10.0);
    plateau.incline = Incline::from_percent(4.0);
    let mut down = step("10 → 6 km/h", 300, 3, 10.0);
    down.target.ramp_to = Some(intensity(1, 6.0));
    plan("Up, along and down again").then(warmup(up)).then(plateau).then(cooldown(down)).done()
}

/// Twelve fast bursts, each followed by an open walk. No pace is known.
pub fn open() -> Arc<Sequence> {
    let mut walk = step("walk", 0, 1, 0.0);
    walk.end = End::Open;
    plan("Strides, full recovery")
        .then(warmup(step("easy", 600, 2, 0.0)))
        .repeat(12, step("fast", 20, 5, 0.0), walk)
        .done()
}

/// A long run of 75 to 90 minutes, by feel.
pub fn range() -> Arc<Sequence> {
    let mut long = step("easy", 5400, 2, 10.0);
    long.label = Some("Long run".to_string());
    long.end = End::Time { upper: Millis::from_secs(5400), lower: Some(Millis::from_secs(4500)) };
    plan("Sunday").by_feel().then(long).then(cooldown(step("walk", 300, 1, 5.0))).done()
}

/// Three miles at an unknown pace, then a kilometre at a known one.
pub fn distance() -> Arc<Sequence> {
    let mut miles = step("marathon pace", 0, 3, 0.0);
    miles.end = End::Distance { upper: Distance::from_miles(3.0), lower: None, time: None, lower_time: None };
    let mut km = step("5:00/km", 0, 4, 12.0);
    km.end = End::Distance {
        upper: Distance::from_metres(1000.0),
        lower: None,
        time: Some(Millis::from_secs(300)),
        lower_time: None,
    };
    plan("Miles on the console").then(miles).then(km).done()
}

/// Sets of sets, with names in wide characters, one of them very long.
pub fn nested() -> Arc<Sequence> {
    let mut plan =
        plan("間歇訓練 – intervals with a name that is too long for every window that there is in the world");
    let outer = plan.around(Some("Block"), 2);
    for n in 1..=2 {
        let rep = Rep { id: outer, n, of: Some(2), may_end: false };
        let mut fast = step("fast", 30, 5, 16.0);
        fast.label = Some("快跑".to_string());
        plan = plan.sets(&[rep], 4, fast, step("jog", 30, 2, 8.0));
        if n == 1 {
            let mut walk = of_kind(Kind::Recovery, Role::Between, step("walk", 180, 1, 5.0));
            walk.reps = vec![rep];
            plan = plan.then(walk);
        }
    }
    plan.done()
}
