using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>The arguments in one spelling: <c>--route_recheck_interval=5</c> is <c>--route-recheck-interval=5</c>.</summary>
internal static class Arguments
{
    public static string[] Normalize(IEnumerable<string> args) => [.. args.Select(Normalize)];

    /// <summary>The value given to a flag, found before anything else is known of the command line; the last one counts.</summary>
    public static string? Find(IReadOnlyList<string> args, SettingDescriptor setting) => FindAll(args, setting).LastOrDefault();

    /// <summary>All values given to a flag that may be given several times.</summary>
    public static IEnumerable<string?> FindAll(IReadOnlyList<string> args, SettingDescriptor setting)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (IsFlag(args[i], setting, out var attached))
                yield return attached ?? (i + 1 < args.Count ? args[i + 1] : null);
        }
    }

    private static bool IsFlag(string arg, SettingDescriptor setting, out string? attached)
    {
        attached = null;
        var separator = arg.IndexOfAny(['=', ':']);
        if (arg.StartsWith("--", StringComparison.Ordinal))
        {
            attached = separator < 0 ? null : arg[(separator + 1)..];
            return (separator < 0 ? arg : arg[..separator]) == "--" + setting.Name;
        }

        if (setting.ShortName is not { } letter || !arg.StartsWith("-" + letter, StringComparison.Ordinal))
            return false;
        attached = arg.Length == 2 ? null : arg[2..].TrimStart('=', ':');
        return true;
    }

    private static string Normalize(string arg)
    {
        if (!arg.StartsWith("--", StringComparison.Ordinal))
            return arg;
        var separator = arg.IndexOfAny(['=', ':']);
        return separator < 0 ? arg.Replace('_', '-') : arg[..separator].Replace('_', '-') + arg[separator..];
    }
}
