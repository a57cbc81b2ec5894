namespace VpcRouter.Simulator.Topologies;

/// <summary>A topology was refused. Carries every error found, each with its JSON path, the problem and the remedy.</summary>
public sealed class TopologyException : Exception
{
    internal TopologyException(string source, IReadOnlyList<string> errors)
        : base($"The topology {source} has {errors.Count} error{(errors.Count == 1 ? "" : "s")}:"
            + string.Concat(errors.Select(e => "\n  " + e))) =>
        Errors = errors;

    /// <summary>Every error, in the order of the document's sections.</summary>
    public IReadOnlyList<string> Errors { get; }
}
