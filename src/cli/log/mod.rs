mod when;
