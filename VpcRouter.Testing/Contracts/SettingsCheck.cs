using System.Reflection;
using System.Text.RegularExpressions;
using VpcRouter.Plugins;
using VpcRouter.Settings;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing.Contracts;

/// <summary>Checks how a plugin declares and validates its settings.</summary>
internal sealed partial class SettingsCheck(PluginHarness plugin, Breaches breaches)
{
    public void CheckDeclarations()
    {
        if (plugin.Descriptor.SettingsType is not { } type)
            return;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<SettingAttribute>() is null))
            Misdeclared("[Setting] on every property that can be set", $"none on {type.Name}.{property.Name}");
        foreach (var setting in plugin.Descriptor.Settings)
            Check(setting, type);
        foreach (var twice in plugin.Descriptor.Settings.GroupBy(setting => setting.Name).Where(same => same.Count() > 1))
            Misdeclared("each flag once", $"{twice.Count()} properties declare --{twice.Key}");
        foreach (var twice in plugin.Descriptor.Settings.Where(setting => setting.ShortName is not null).GroupBy(setting => setting.ShortName).Where(same => same.Count() > 1))
            Misdeclared("each flag once", $"{twice.Count()} properties declare -{twice.Key}");
    }

    public async Task CheckBadAsync(IEnumerable<(string Setting, string Value)> badSettings)
    {
        foreach (var (setting, value) in badSettings)
        {
            var expected = $"a {nameof(SettingsException)} that names --{SettingDescriptor.Canonical(setting)} when \"{value}\" is given";
            if (await WhyNotRefusedAsync(plugin.With(setting, value), SettingDescriptor.Canonical(setting)).ConfigureAwait(false) is { } seen)
                breaches.Add(ContractRule.SettingsValidated, expected, seen);
        }
    }

    private static async Task<string?> WhyNotRefusedAsync(PluginHarness bad, string setting)
    {
        var host = new PluginHost(bad);
        await using var closing = host.ConfigureAwait(false);
        try
        {
            await host.Make().Plugin.DisposeAsync().ConfigureAwait(false);
            return "the plugin took it";
        }
        catch (SettingsException e)
        {
            return e.Errors.Any(error => error.Setting == setting) ? null : $"only: {e.Message}";
        }
        catch (PluginException e)
        {
            return $"{nameof(PluginException)}: {e.Message}";
        }
    }

    private void Check(SettingDescriptor setting, Type type)
    {
        if (!KebabCase().IsMatch(setting.Name))
            Misdeclared("names in kebab-case without leading dashes", $"\"{setting.Name}\"");
        if (string.IsNullOrWhiteSpace(setting.Description))
            Misdeclared("a line of description for each setting", $"none for --{setting.Name}");
        if (HostFlags.Names.Contains(setting.Name))
            Misdeclared("flags that the host doesn't have", $"--{setting.Name}, which is the host's; put the plugin's name before it");
        if (setting.ShortName is { } letter && (letter.Length != 1 || HostFlags.Letters.Contains(letter)))
            Misdeclared("one-letter flags that the host doesn't have", $"-{letter} for --{setting.Name}");
        try
        {
            SettingsBinder.Bind(type, new Dictionary<string, string> { [setting.Name] = "x" }, []);
        }
        catch (NotSupportedException e)
        {
            Misdeclared("settings of types that texts are read into", $"--{setting.Name}: {e.Message}");
        }
    }

    private void Misdeclared(string expected, string seen) => breaches.Add(ContractRule.SettingsDeclared, expected, seen);

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
