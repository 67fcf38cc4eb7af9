//! Choosing a workout.
