namespace VpcRouter.Simulator.Model;

internal sealed record Zone(string Name, string Id);
