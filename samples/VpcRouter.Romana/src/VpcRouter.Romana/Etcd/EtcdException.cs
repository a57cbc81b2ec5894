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

    /// <summary>
    /// Whether an exception is how gRPC, or what lies below it, says that a call has failed. A connection that breaks while a stream is
    /// being opened comes as any of them, even as a cancellation that nobody asked for.
    /// </summary>
    public static bool IsFailedCall(Exception e) => e is RpcException or IOException or HttpRequestException or OperationCanceledException;

    public static EtcdException Of(Exception e) => e is RpcException { StatusCode: StatusCode.Unauthenticated }
        ? new EtcdException("etcd doesn't know the token of this login any more", e) { IsRoutine = true }
        : new EtcdException(Describe(e), e);

    // What the transport says ("Error connecting to subchannel") helps nobody; the reason lies below it.
    private static string Describe(Exception e)
    {
        var cause = e is RpcException { Status.DebugException: { } below } ? below : e;
        while (cause is { InnerException: { } inner } and not AuthenticationException)
            cause = inner;
        var words = cause is RpcException status ? status.Status.Detail : cause.Message;
        return words.ReplaceLineEndings(" ").Trim().TrimEnd('.') is { Length: > 0 } text ? text : "the call failed";
    }
}
