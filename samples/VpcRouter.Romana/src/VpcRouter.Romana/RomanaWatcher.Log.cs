using Microsoft.Extensions.Logging;
using VpcRouter.Romana.Etcd;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Romana;

internal sealed partial class RomanaWatcher
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Watching {Key} at etcd {Endpoint} from revision {Revision}.")]
    private partial void LogWatching(string key, EtcdEndpoint endpoint, long revision);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Connecting to etcd {Endpoint} anew: {Reason}.")]
    private partial void LogRoutine(EtcdEndpoint endpoint, string reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "etcd {Endpoint} can't be watched: {Reason}; {Consequence}.")]
    private partial void LogLost(EtcdEndpoint endpoint, string reason, string consequence);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "etcd still can't be watched after {Rounds} rounds, last {Endpoint}: {Reason}; {Consequence}.")]
    private partial void LogStillLost(int rounds, EtcdEndpoint endpoint, string reason, string consequence);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "etcd has no key {Key}; {Consequence}.")]
    private partial void LogMissing(string key, string consequence);

    [LoggerMessage(EventId = 6, Level = LogLevel.Error, Message = "The topology of revision {Revision} is broken ({Count} errors); {Consequence}.")]
    private partial void LogBroken(long revision, int count, string consequence);

    [LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = "{Error}")]
    private partial void LogError(RouteSpecProblem error);

    [LoggerMessage(EventId = 8, Level = LogLevel.Warning, Message = "{Warning}")]
    private partial void LogWarning(RouteSpecProblem warning);

    [LoggerMessage(EventId = 9, Level = LogLevel.Information, Message = "The topology is in order again with revision {Revision}.")]
    private partial void LogMended(long revision);

    [LoggerMessage(EventId = 10, Level = LogLevel.Information, Message = "Topology of revision {Revision}: {Routes} routes, {Hosts} hosts.")]
    private partial void LogAccepted(long revision, int routes, int hosts);

    [LoggerMessage(EventId = 11, Level = LogLevel.Debug, Message = "Revision {Revision} changes no route.")]
    private partial void LogUnchanged(long revision);

    [LoggerMessage(EventId = 12, Level = LogLevel.Warning, Message = "The password of --etcd-user goes over the network unencrypted; give --etcd-ca-cert, --etcd-priv-key and --etcd-cert-chain.")]
    private partial void LogPlainPassword();
}
