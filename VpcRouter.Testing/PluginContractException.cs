namespace VpcRouter.Testing;

/// <summary>A plugin breaks the contract between plugins and hosts. The message has a line for each breach.</summary>
public sealed class PluginContractException : Exception
{
    internal PluginContractException(string plugin, IReadOnlyList<ContractBreach> breaches)
        : base($"\"{plugin}\" breaks the contract:{string.Concat(breaches.Select(breach => $"{Environment.NewLine}  {breach}"))}") => Breaches = breaches;

    /// <summary>Every breach.</summary>
    public IReadOnlyList<ContractBreach> Breaches { get; }
}
