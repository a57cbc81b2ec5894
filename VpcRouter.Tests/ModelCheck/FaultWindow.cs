namespace VpcRouter.Tests.ModelCheck;

/// <summary>A fault that is about for a while. Immutable.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Until">The moment it is over.</param>
/// <param name="Probability">How likely it strikes a call.</param>
internal sealed record FaultWindow(FaultKind Kind, DateTimeOffset Until, double Probability);
