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

    [Setting("port", "is the host's")]
    public int Port { get; set; }

    [Setting("untidy-letter", "has a letter of the host's", ShortName = "v")]
    public string? Letter { get; set; }
}
