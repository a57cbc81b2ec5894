namespace VpcRouter.Simulator.Endpoint;

/// <summary>The items of one answer and the token that leads to the next, if there is one.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);
