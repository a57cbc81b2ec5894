namespace VpcRouter.Settings;

/// <summary>One thing wrong with a setting, in words that name the setting, its value and the remedy.</summary>
/// <param name="Setting">The kebab-case name of the setting.</param>
/// <param name="Value">The value given, or <see langword="null"/> when none was.</param>
/// <param name="Problem">What is wrong and how to mend it; continues the sentence that begins with the setting.</param>
public sealed record SettingError(string Setting, string? Value, string Problem)
{
    /// <summary>The one line to show: <c>--setting "value" problem</c>.</summary>
    public override string ToString() => Value is null ? $"--{Setting} {Problem}" : $"--{Setting} \"{Value}\" {Problem}";
}
