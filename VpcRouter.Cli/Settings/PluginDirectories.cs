using VpcRouter.Settings;

namespace VpcRouter.Cli.Settings;

/// <summary>Where external plugins are looked for: <c>--plugin-dir</c>, then <c>plugins</c> beside the tool, then <c>~/.vpcrouter/plugins</c>.</summary>
internal static class PluginDirectories
{
    public static SettingDescriptor Setting { get; } = SettingDescriptor.Of(typeof(GeneralSettings)).Single(setting => setting.Name == "plugin-dir");

    /// <summary>Beside the tool, for images and archives that bring their plugins along.</summary>
    private static string OfTheTool => Path.Combine(AppContext.BaseDirectory, "plugins");

    private static string? OfTheUser => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } home ? Path.Combine(home, ".vpcrouter", "plugins") : null;

    /// <summary>All of them, in the order in which they are told of; a plugin that is in two is refused, so the order decides nothing else.</summary>
    /// <exception cref="UsageException">One that was named doesn't exist.</exception>
    public static IReadOnlyList<string> Find(GivenSettings given)
    {
        var named = Named(given);
        return named.FirstOrDefault(directory => !Directory.Exists(directory)) is { } missing
            ? throw new UsageException($"--plugin-dir \"{missing}\" is no folder; make it, install a plugin there with vpcrouter plugins add, or leave it out")
            : All(named);
    }

    /// <summary>Those that exist; for installing, which makes the one it installs in.</summary>
    public static IReadOnlyList<string> FindExisting(GivenSettings given) => [.. All(Named(given)).Where(Directory.Exists)];

    /// <summary>Where plugins are installed: the first that was named, or else the user's own.</summary>
    /// <exception cref="UsageException">None was named, and the user has no home.</exception>
    public static string ToInstallIn(GivenSettings given) =>
        Named(given).FirstOrDefault() ?? OfTheUser ?? throw new UsageException("--plugin-dir is required: there is no home folder to install plugins in; give for example --plugin-dir /opt/vpcrouter/plugins");

    private static IReadOnlyList<string> All(List<string> named) => [.. named.Append(OfTheTool).Append(OfTheUser).OfType<string>().Distinct()];

    private static List<string> Named(GivenSettings given)
    {
        var flags = Arguments.FindAll(given.Args, Setting).OfType<string>().ToList();
        // As a script gives it whose variable is not set: what was meant is surely not the user's own folder.
        if (flags.Contains(""))
            throw new UsageException($"--{Setting.Name} \"\" is empty; give a folder, or leave it out");
        var texts = flags.Count > 0 ? flags : [given.Unflagged(Setting) ?? ""];
        return [.. texts.SelectMany(text => text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Path.GetFullPath).Select(Path.TrimEndingDirectorySeparator).Distinct()];
    }
}
