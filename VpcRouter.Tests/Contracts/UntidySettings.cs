using VpcRouter.Settings;

namespace VpcRouter.Tests.Contracts;

/// <summary>Settings declared in every wrong way.</summary>
internal sealed class UntidySettings
{
    [Setting("untidy", "takes anything")]
    public int Untidy { get; set; }

    public string? Undeclared { get; set; }

    [Setting("untidy-blank", " ")]
    public string? Undescribed { get; set; }

    [Setting("Untidy_Name", "is not in kebab-case")]
    public string? Misnamed { get; set; }

    [Setting("port", "is the host's")]
    public int Port { get; set; }

    [Setting("untidy-letter", "has a letter of the host's", ShortName = "v")]
    public string? Letter { get; set; }

    [Setting("untidy-type", "can't be read")]
    public object? Unreadable { get; set; }

    [Setting("untidy-twice", "is declared twice")]
    public string? Once { get; set; }

    [Setting("untidy-twice", "is declared twice")]
    public string? Twice { get; set; }
}
