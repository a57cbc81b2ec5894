using System.Security.Authentication;
using Grpc.Core;

namespace VpcRouter.Romana.Etcd;

/// <summary>A connection to etcd that can't be made or used any more. The message is for operators.</summary>
internal sealed class EtcdException : Exception
{
    public EtcdException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether this happens in the course of things, and the same member will answer when it is connected to anew.</summary>
    public bool IsRoutine { get; init; }

    public static EtcdException Of(RpcException e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return e.StatusCode == StatusCode.Unauthenticated
            ? new EtcdException("etcd doesn't know the token of this login any more", e) { IsRoutine = true }
            : new EtcdException(Describe(e), e);
    }

    // What the transport says ("Error connecting to subchannel") helps nobody; the reason lies below it.
    private static string Describe(RpcException e)
    {
        var cause = e.Status.DebugException;
        while (cause is { InnerException: { } inner } and not AuthenticationException)
            cause = inner;
        var detail = (cause?.Message ?? e.Status.Detail).ReplaceLineEndings(" ").Trim();
        return detail.Length > 0 ? detail : e.StatusCode.ToString();
    }
}
