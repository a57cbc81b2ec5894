using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VpcRouter.AspNetCore.Inbox;

/// <summary>What a post asks for beside taking the spec. Immutable.</summary>
/// <param name="DryRun">Whether only the plan is wanted.</param>
/// <param name="Wait">How long to wait until the spec is in the VPC; <see langword="null"/> for not at all.</param>
internal sealed record PostQuery(bool DryRun, TimeSpan? Wait)
{
    private const double LongestWait = 300;

    /// <summary>Reads the query.</summary>
    /// <exception cref="BadHttpRequestException">A value is wrong.</exception>
    public static PostQuery Of(IQueryCollection query)
    {
        foreach (var name in query.Keys)
        {
            if (name is not ("dry_run" or "wait"))
                throw new BadHttpRequestException("The query has a name that isn't known here; known are dry_run and wait.");
        }

        return new PostQuery(DryRunOf(query), WaitOf(query));
    }

    private static bool DryRunOf(IQueryCollection query)
    {
        if (!query.TryGetValue("dry_run", out var text))
            return false;
        return bool.TryParse(text, out var dryRun) ? dryRun : throw new BadHttpRequestException("dry_run is neither true nor false.");
    }

    private static TimeSpan? WaitOf(IQueryCollection query)
    {
        if (!query.TryGetValue("wait", out var text))
            return null;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= LongestWait
            ? TimeSpan.FromSeconds(seconds)
            : throw new BadHttpRequestException(string.Create(CultureInfo.InvariantCulture, $"wait is not a number of seconds from 0 to {LongestWait}."));
    }
}
