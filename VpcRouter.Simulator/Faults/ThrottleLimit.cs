namespace VpcRouter.Simulator.Faults;

/// <summary>A token bucket that each of the actions has one of.</summary>
/// <param name="Path">Where it stands in the document.</param>
/// <param name="Actions">The actions.</param>
/// <param name="UnfilteredOnly">Whether it is for calls without filters, pages and ids only; they have a bucket of their own then.</param>
/// <param name="Burst">How many tokens the bucket holds; it begins full.</param>
/// <param name="RefillPerSecond">How many tokens come back in a second, evenly.</param>
internal sealed record ThrottleLimit(string Path, ActionPattern Actions, bool UnfilteredOnly, double Burst, double RefillPerSecond);
