using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>A write that a router process knows to be done, while Describe may still show the state before it. Immutable.</summary>
internal sealed record OwnWrite(RouteTarget? Target, DateTimeOffset AnsweredAt);
