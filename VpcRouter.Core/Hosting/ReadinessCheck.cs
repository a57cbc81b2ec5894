namespace VpcRouter.Hosting;

/// <summary>One named condition of readiness. Immutable.</summary>
/// <param name="Name">Which condition, for example <c>spec</c>.</param>
/// <param name="IsOk">Whether it holds.</param>
/// <param name="Message">What is so, in words that an operator understands.</param>
/// <param name="Age">How long the fact that it rests on is old; <see langword="null"/> when there is none yet.</param>
public sealed record ReadinessCheck(string Name, bool IsOk, string Message, TimeSpan? Age);
