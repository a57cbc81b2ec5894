namespace VpcRouter.Simulator.Faults;

/// <summary>A fault that strikes a call.</summary>
/// <param name="Effect">What it does.</param>
/// <param name="Begin">When its rule came into force, counted from when the faults were put.</param>
/// <param name="Roll">A random number from 0 to below 1 for effects that vary.</param>
internal sealed record Strike<TEffect>(TEffect Effect, TimeSpan Begin, double Roll);
