using System.Security.Cryptography;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>A document that was accepted, byte for byte, with what was read from it. Immutable.</summary>
/// <param name="Document">The document as it was posted.</param>
/// <param name="Spec">The spec read from it.</param>
/// <param name="ETag">The strong entity tag of the document, with its quotes.</param>
internal sealed record AcceptedRouteSpec(ReadOnlyMemory<byte> Document, RouteSpec Spec, string ETag)
{
    public static AcceptedRouteSpec Of(ReadOnlyMemory<byte> document, RouteSpec spec) =>
        new(document, spec, $"\"{Convert.ToHexStringLower(SHA256.HashData(document.Span).AsSpan(0, 16))}\"");
}
