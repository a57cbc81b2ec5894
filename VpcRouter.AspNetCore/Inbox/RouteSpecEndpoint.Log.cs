using Microsoft.Extensions.Logging;
using VpcRouter.RouteSpecs;

namespace VpcRouter.AspNetCore.Inbox;

internal sealed partial class RouteSpecEndpoint
{
    [LoggerMessage(EventId = 4010, Level = LogLevel.Information, Message = "A posted route spec was accepted: {Destinations} destinations, {Hosts} hosts, ETag {ETag}.")]
    private partial void LogAccepted(int destinations, int hosts, string eTag);

    [LoggerMessage(EventId = 4011, Level = LogLevel.Warning, Message = "A posted route spec was refused ({Count} errors), the first: {Error} (number {Number} since one was accepted)")]
    private partial void LogRefused(int count, RouteSpecProblem error, long number);

    [LoggerMessage(EventId = 4012, Level = LogLevel.Warning, Message = "In the posted route spec: {Warning}")]
    private partial void LogWarning(RouteSpecProblem warning);

    [LoggerMessage(EventId = 4014, Level = LogLevel.Error, Message = "A posted route spec could not be stored in {Folder} and was not taken; the one before stays in force (number {Number} since one was accepted).")]
    private partial void LogNotStored(string folder, long number, Exception exception);
}
