namespace VpcRouter.Hosting;

/// <summary>A guard that can hold changes back, and whether it does so now. Immutable.</summary>
/// <param name="Name">Which guard: the name of the setting that governs it, for example <c>max-deletes</c>.</param>
/// <param name="IsActive">Whether it holds anything back.</param>
/// <param name="Message">What it holds back and how to let it through, in words that an operator understands.</param>
/// <param name="Since">Since when it does or doesn't.</param>
public sealed record GuardStatus(string Name, bool IsActive, string Message, DateTimeOffset Since);
