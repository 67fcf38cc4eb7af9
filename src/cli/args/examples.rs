//! The examples at the end of each command's help.

pub const PACEBELL: &str = "\
Examples:
  pacebell                                Choose a workout from the library
  pacebell run \"8×60s hard / 60s easy\"    Run a workout you type
  pacebell log                            See what you ran";

pub const RUN: &str = "\
Examples:
  pacebell run short-intervals
  pacebell run \"8×60s hard / 60s easy\" -w 5min -c 5min
  pacebell run hills.toml -s reps=6
  pacebell run today --in 12min
  pacebell run short-intervals --speed 60 --log rehearsal.db";

pub const RESUME: &str = "\
Examples:
  pacebell resume
  pacebell resume --voice full";

pub const LOG: &str = "\
Examples:
  pacebell log
  pacebell log show
  pacebell log add \"45min easy\" --on yesterday -r 3
  pacebell log --csv > sessions.csv";

pub const LOG_SHOW: &str = "\
Examples:
  pacebell log show
  pacebell log show 12 --json";

pub const LOG_LIST: &str = "\
Examples:
  pacebell log list --since \"4 weeks ago\"
  pacebell log list --workout tempo --since 2026-09-01
  pacebell log list --tag hills --csv > hills.csv";

pub const LOG_TRENDS: &str = "\
Examples:
  pacebell log trends
  pacebell log trends --weeks 26
  pacebell log trends --json";

pub const LOG_ADD: &str = "\
Examples:
  pacebell log add \"45min easy\" --on yesterday -r 3
  pacebell log add short-intervals --on \"friday 7:30\" -n \"windy\"
  pacebell log add \"10km easy\" --took 55:30
  pacebell log add \"45min easy\" --distance 8.2km";

pub const LOG_EDIT: &str = "\
Examples:
  pacebell log edit 12 -r 7 --feel good
  pacebell log edit 12 --on \"friday 7:30\"
  pacebell log edit 12 --breath none";

pub const LOG_DELETE: &str = "\
Examples:
  pacebell log delete 12";

pub const LOG_UNDO: &str = "\
Examples:
  pacebell log undo";

pub const LOG_MERGE: &str = "\
Examples:
  pacebell log merge ~/Sync/laptop.db";

pub const LOG_IMPORT: &str = "\
Examples:
  pacebell log import tuesday.fit
  pacebell log import ~/Downloads/export_1234567.zip --dry-run
  pacebell log import /media/GARMIN/Garmin/Activity";

pub const LOG_EXPORT: &str = "\
Examples:
  pacebell log export 12 -o tuesday.fit
  pacebell log export --since 2026-11-01 --to fit -o november
  pacebell log export --since monday -o week.csv";

pub const LOG_BACKUP: &str = "\
Examples:
  pacebell log backup ~/backup/pacebell.db";

pub const PROFILE: &str = "\
Examples:
  pacebell profile
  pacebell profile race 5K 22:30 --on yesterday
  pacebell profile set belt.unit mph
  pacebell profile unset athlete.hr_max";

pub const PROFILE_RACE: &str = "\
Examples:
  pacebell profile race 5K 22:30
  pacebell profile race half 1:43:20 --on 2026-09-13";

pub const PROFILE_SET: &str = "\
Examples:
  pacebell profile set belt.unit mph
  pacebell profile set athlete.hr_max 185
  pacebell profile set athlete.paces.easy 6:00/km";

pub const PROFILE_UNSET: &str = "\
Examples:
  pacebell profile unset athlete.hr_max
  pacebell profile unset belt.gym";

pub const CALIBRATE: &str = "\
Examples:
  pacebell calibrate";

pub const SHOW: &str = "\
Examples:
  pacebell show short-intervals
  pacebell show \"8×60s hard / 60s easy\" -w 5min
  pacebell show norwegian-4x4 --in 25min
  pacebell show hills.toml --json";

pub const EXPLAIN: &str = "\
Examples:
  pacebell explain short-intervals
  pacebell explain \"3×(4×200m R / 200m jog)\"";

pub const SIMULATE: &str = "\
Examples:
  pacebell simulate short-intervals
  pacebell simulate \"open walk, 10min easy\" --open 2min
  pacebell simulate fifths --cues --wav fifths.wav";

pub const EXPORT: &str = "\
Examples:
  pacebell export short-intervals -o intervals.flac
  pacebell export \"8×60s hard / 60s easy\" -w 5min -o today.wav --voice full
  pacebell export short-intervals -o intervals.fit
  pacebell export hills.toml --to zwo -o hills.zwo";

pub const IMPORT: &str = "\
Examples:
  pacebell import vo2max.zwo
  pacebell import ~/Documents/Zwift/Workouts --dry-run
  pacebell import *.zwo --power rpe --to from-zwift";

pub const LIST: &str = "\
Examples:
  pacebell list
  pacebell list long easy
  pacebell list --json";

pub const NEW: &str = "\
Examples:
  pacebell new hills
  pacebell new tuesday \"8×60s hard / 60s easy\"";

pub const CHECK: &str = "\
Examples:
  pacebell check hills.toml
  pacebell check --fix workouts/*.toml
  pacebell check \"8×60s hrad / 60s easy\"";

pub const FMT: &str = "\
Examples:
  pacebell fmt hills.toml
  pacebell fmt - < hills.toml";

pub const SCHEMA: &str = "\
Examples:
  pacebell schema > workout.schema.json
  pacebell schema plan > plan.schema.json";

pub const LANGUAGE: &str = "\
Examples:
  pacebell language | less
  pacebell language | grep -i recovery";

pub const SOUNDS: &str = "\
Examples:
  pacebell sounds
  pacebell sounds --audio alsa";

pub const SENSORS: &str = "\
Examples:
  pacebell sensors
  pacebell sensors choose HRM-Dual
  pacebell sensors watch";

pub const SENSORS_CHOOSE: &str = "\
Examples:
  pacebell sensors choose HRM-Dual
  pacebell sensors choose F0:F1:F2:F3:F4:F5";

pub const SENSORS_FORGET: &str = "\
Examples:
  pacebell sensors forget";

pub const SENSORS_WATCH: &str = "\
Examples:
  pacebell sensors watch
  pacebell sensors watch --for 30s";

pub const DOCTOR: &str = "\
Examples:
  pacebell doctor";

pub const COMPLETIONS: &str = "\
Examples:
  pacebell completions bash >> ~/.bash_completion
  pacebell completions zsh > ~/.zfunc/_pacebell
  pacebell completions fish > ~/.config/fish/completions/pacebell.fish";

pub const MAN: &str = "\
Examples:
  pacebell man | man -l -
  pacebell man --dir ~/.local/share/man/man1";

pub const PLAN: &str = "\
Examples:
  pacebell plan
  pacebell plan list
  pacebell plan show half-12 --race 2027-04-18
  pacebell plan start micro-run";

pub const PLAN_LIST: &str = "\
Examples:
  pacebell plan list";

pub const PLAN_SHOW: &str = "\
Examples:
  pacebell plan show
  pacebell plan show micro-run
  pacebell plan show half-12 --race 2027-04-18";

pub const PLAN_START: &str = "\
Examples:
  pacebell plan start micro-run
  pacebell plan start micro-run --on today
  pacebell plan start half-12 --race \"18 april\"";

pub const PLAN_UPDATE: &str = "\
Examples:
  pacebell plan update";

pub const PLAN_MOVE: &str = "\
Examples:
  pacebell plan move sun sat
  pacebell plan move w3-sun-1 2026-12-19";

pub const PLAN_SKIP: &str = "\
Examples:
  pacebell plan skip today
  pacebell plan skip w3-sun-1";

pub const PLAN_STOP: &str = "\
Examples:
  pacebell plan stop";

pub const PLAN_CHECK: &str = "\
Examples:
  pacebell plan check spring.toml
  pacebell plan check micro-run half-12";

pub const PLAN_NEW: &str = "\
Examples:
  pacebell plan new spring";

pub const CHECKIN: &str = "\
Examples:
  pacebell checkin
  pacebell checkin 3 4 3 4
  pacebell checkin 2 3 2 3 --heart 58";

pub const TODAY: &str = "\
Examples:
  pacebell today
  pacebell run today
  pacebell today --line";

pub const DAY: &str = "\
Examples:
  pacebell day
  pacebell day now walk
  pacebell day done breathe
  pacebell day quiet 1h";

pub const DAY_NOW: &str = "\
Examples:
  pacebell day now walk";

pub const DAY_DONE: &str = "\
Examples:
  pacebell day done breathe
  pacebell day done breathe --undo";

pub const DAY_QUIET: &str = "\
Examples:
  pacebell day quiet
  pacebell day quiet 45min
  pacebell day quiet off";

pub const DAY_ON: &str = "\
Examples:
  pacebell day on";

pub const DAY_OFF: &str = "\
Examples:
  pacebell day off";

pub const DAY_TICK: &str = "\
Examples:
  pacebell day tick";

pub const WEEK: &str = "\
Examples:
  pacebell week
  pacebell week \"14 dec\"";

pub const PLAN_TAKE: &str = "\
Examples:
  pacebell plan take w3-tue
  pacebell plan take sun 90min
  pacebell plan take fri rest";

pub const PLAN_DONE: &str = "\
Examples:
  pacebell plan done
  pacebell plan done w3-tue
  pacebell plan done --on yesterday";

pub const PLAN_RESUME: &str = "\
Examples:
  pacebell plan resume
  pacebell plan resume --repeat";

pub const PLAN_EXPORT: &str = "\
Examples:
  pacebell plan export -o run.ics";
