namespace VpcRouter.Settings;

/// <summary>Settings that can't be used. Carries every error at once.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Makes the exception from everything that is wrong.</summary>
    /// <param name="errors">At least one error.</param>
    public SettingsException(IReadOnlyList<SettingError> errors)
        : base(string.Join("; ", errors)) => Errors = errors;

    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<SettingError> Errors { get; }
}
