using System.Net;
using Microsoft.Extensions.Logging;

namespace VpcRouter.Monitors.Ec2Status;

internal sealed partial class Ec2StatusMonitor
{
    [LoggerMessage(3300, LogLevel.Warning, "Host {Host} has failed, says ec2status: {Reason}.")]
    private partial void LogFailed(IPAddress host, string reason);

    [LoggerMessage(3301, LogLevel.Information, "Host {Host} is back, says ec2status.")]
    private partial void LogBack(IPAddress host);

    [LoggerMessage(3302, LogLevel.Warning, "Host {Host} is questionable, says ec2status: {Reason}.")]
    private partial void LogQuestionable(IPAddress host, string reason);

    [LoggerMessage(3303, LogLevel.Error, "EC2 could not be asked for the states of the hosts' instances: {Code}: {Message} ({Failures} in a row, next poll {Seconds} s after the last); what ec2status said last stays in force.")]
    private partial void LogPollFailed(string code, string message, int failures, double seconds);

    [LoggerMessage(3304, LogLevel.Information, "EC2 answers again after {Failures} polls that failed.")]
    private partial void LogAnswersAgain(int failures);

    [LoggerMessage(3305, LogLevel.Warning, "EC2 could not be asked which interfaces carry the hosts' addresses: {Code}: {Message}; going by those known from before ({Times} polls in a row).")]
    private partial void LogInterfacesStale(string code, string message, int times);
}
