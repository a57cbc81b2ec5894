using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace VpcRouter.RouteSpecs;

/// <summary>What came of reading a document: a spec with its warnings, or every error. Immutable.</summary>
public sealed class RouteSpecReadResult
{
    internal RouteSpecReadResult(RouteSpec? spec, ImmutableArray<RouteSpecProblem> errors, ImmutableArray<RouteSpecProblem> warnings)
    {
        Spec = spec;
        Errors = errors;
        Warnings = warnings;
    }

    /// <summary>Whether the document was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Spec))]
    public bool IsAccepted => Spec is not null;

    /// <summary>The spec, or <see langword="null"/> when the document was refused.</summary>
    public RouteSpec? Spec { get; }

    /// <summary>Every error; empty exactly when the document was accepted.</summary>
    public ImmutableArray<RouteSpecProblem> Errors { get; }

    /// <summary>What was put right silently elsewhere and is worth knowing, such as host bits that were cleared.</summary>
    public ImmutableArray<RouteSpecProblem> Warnings { get; }

    /// <summary>Whether the document was refused for one reason only: it is <c>{}</c>, and that isn't allowed.</summary>
    public bool IsRefusedAsEmpty => Errors is [var only] && only == RouteSpecReader.EmptySpec;
}
