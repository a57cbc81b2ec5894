using System.Net;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Probing;

internal sealed partial class ProbeLoop
{
    [LoggerMessage(3000, LogLevel.Warning, "Host {Host} has failed, says {Monitor}: {Reason}.")]
    private partial void LogFailed(IPAddress host, string monitor, string reason);

    [LoggerMessage(3001, LogLevel.Information, "Host {Host} is back, says {Monitor}.")]
    private partial void LogBack(IPAddress host, string monitor);

    [LoggerMessage(3002, LogLevel.Error, "{Monitor} could not probe {Host}: {Reason}. Nobody is called failed for it. Probes that could not be made so far: {Count}.")]
    private partial void LogInconclusive(IPAddress host, string monitor, string reason, long count);

    [LoggerMessage(3003, LogLevel.Warning, "{Monitor} could not look at its probes for {Milliseconds:0} ms, because the process was stopped or starved of CPU. Deadlines within that time don't count. Times this happened so far: {Count}.")]
    private partial void LogMissed(string monitor, double milliseconds, long count);

    [LoggerMessage(3310, LogLevel.Error, "{Monitor} is blind: this machine has no link or no route to any of the {Hosts} hosts. Nobody is called failed for that; the last report stays in force.")]
    private partial void LogBlind(string monitor, int hosts);

    [LoggerMessage(3311, LogLevel.Information, "{Monitor} is no longer blind, and reports again when every host has been decided anew.")]
    private partial void LogSeesAgain(string monitor);

    [LoggerMessage(3004, LogLevel.Warning, "{Failed} more hosts have failed and {Back} more are back, says {Monitor}.")]
    private partial void LogMore(int failed, int back, string monitor);
}
