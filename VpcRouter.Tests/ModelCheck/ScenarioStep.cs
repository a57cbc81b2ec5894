namespace VpcRouter.Tests.ModelCheck;

/// <summary>Something that happens in a scenario.</summary>
/// <param name="At">When, from the scenario's start.</param>
/// <param name="What">In words, for the trace.</param>
/// <param name="Do">Does it.</param>
internal sealed record ScenarioStep(TimeSpan At, string What, Action<ScenarioRun> Do);
