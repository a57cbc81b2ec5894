using System.Text.RegularExpressions;

namespace VpcRouter.Settings;

/// <summary>Looks whether the declarations of a settings class can be used at all; what is wrong here is its author's to mend.</summary>
internal static partial class SettingsCheck
{
    /// <summary>The first problem, continuing "It declares its settings in CLASS, …"; <see langword="null"/> when all is well.</summary>
    public static string? FindProblem(IReadOnlyList<SettingDescriptor> settings) =>
        settings.Select(FindProblem).FirstOrDefault(problem => problem is not null)
        ?? settings.SelectMany(setting => setting.Flags).GroupBy(flag => flag).Where(flags => flags.Count() > 1).Select(flags => $"where {flags.Key} is declared {flags.Count()} times").FirstOrDefault();

    private static string? FindProblem(SettingDescriptor setting) =>
        !Name().IsMatch(setting.Name) ? $"where the name \"{setting.Name}\" of {setting.Property.Name} is not in kebab-case (check-interval)"
        : setting.ShortName is { } letter && (letter.Length != 1 || !char.IsAsciiLetter(letter[0])) ? $"where the short name \"{letter}\" of {setting.Property.Name} is not a letter"
        : setting.Property.SetMethod is not { IsPublic: true } ? $"where {setting.Property.Name} (--{setting.Name}) has no public setter"
        : !SettingsBinder.CanParse(setting.ValueType) ? $"where {setting.Property.Name} (--{setting.Name}) is of type {setting.ValueType}, which no text can be turned into (string, bool, number, enum, TimeSpan or IParsable)"
        : null;

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex Name();
}
