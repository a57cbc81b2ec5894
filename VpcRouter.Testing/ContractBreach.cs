namespace VpcRouter.Testing;

/// <summary>One rule of the contract that a plugin breaks. Immutable.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Expected">What the rule asks for here.</param>
/// <param name="Seen">What the plugin did.</param>
public sealed record ContractBreach(ContractRule Rule, string Expected, string Seen)
{
    /// <summary>The one line to show.</summary>
    public override string ToString() => $"{Rule}: expected {Expected}; saw {Seen}";
}
