namespace VpcRouter.Simulator.Topologies;

/// <summary>Collects what is wrong with a topology.</summary>
internal sealed class TopologyErrors
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> All => _errors;

    public void Add(string path, string problem, string remedy) => _errors.Add($"{path}: {problem}; {remedy}");
}
