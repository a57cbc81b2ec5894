namespace VpcRouter.Testing.Contracts;

/// <summary>The breaches found so far, each once. Thread-safe.</summary>
internal sealed class Breaches
{
    private readonly Lock _lock = new();
    private readonly List<ContractBreach> _found = [];

    public void Add(ContractRule rule, string expected, string seen)
    {
        var breach = new ContractBreach(rule, expected, seen);
        lock (_lock)
        {
            if (!_found.Contains(breach))
                _found.Add(breach);
        }
    }

    public bool Has(ContractRule rule)
    {
        lock (_lock)
            return _found.Exists(breach => breach.Rule == rule);
    }

    public void ThrowIfAny(string plugin)
    {
        lock (_lock)
        {
            if (_found.Count > 0)
                throw new PluginContractException(plugin, [.. _found.OrderBy(breach => breach.Rule)]);
        }
    }
}
