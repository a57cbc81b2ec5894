using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VpcRouter.Settings;

namespace VpcRouter.AspNetCore.Security;

/// <summary>The token that clients must send. Follows its file. Thread-safe.</summary>
internal sealed partial class AccessToken
{
    // Reading a file of a few bytes once a second costs less than watching it, and sees every way of changing it.
    private static readonly TimeSpan MostStale = TimeSpan.FromSeconds(1);
    private readonly string? _file;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _rereading = new();
    private byte[] _hash = [];
    private long _readAt;
    private bool _isUnfit;
    private bool _wasForAllToRead;

    /// <exception cref="SettingsException">The token is unfit, can't be read, or is given in two places.</exception>
    public AccessToken(IOptions<VpcRouterHttpOptions> options, TimeProvider time, ILogger<AccessToken> logger)
    {
        var settings = options.Value;
        _file = settings.TokenFile;
        _time = time;
        _logger = logger;
        if (_file is not null && settings.Token is not null)
            throw new SettingsException([new SettingError("token-file", _file, "is given beside VPCROUTER_TOKEN; leave one of them out")]);
        IsSet = _file is not null || settings.Token is not null;
        if (settings.TokenForReads && !IsSet)
            throw new SettingsException([new SettingError("token-for-reads", null, "needs a token; give --token-file or VPCROUTER_TOKEN")]);
        if (_file is not null)
            Take(TokenText.Read(_file));
        else if (settings.Token is not null)
            _hash = HashOf(TokenText.Check(settings.Token));
    }

    /// <summary>Whether there is a token to ask for.</summary>
    public bool IsSet { get; }

    /// <summary>Whether that is the token. Takes the same time whatever is given.</summary>
    public bool Matches(string given)
    {
        if (_file is not null)
            ReadAgain(_file);
        return CryptographicOperations.FixedTimeEquals(HashOf(given), Volatile.Read(ref _hash));
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private void ReadAgain(string file)
    {
        lock (_rereading)
        {
            if (_time.GetElapsedTime(_readAt) < MostStale)
                return;
            try
            {
                Take(TokenText.Read(file));
                _isUnfit = false;
            }
            catch (SettingsException e)
            {
                // In the middle of being rewritten, perhaps. Locking everybody out would help nobody.
                _readAt = _time.GetTimestamp();
                if (!_isUnfit)
                    LogUnfit(e.Message);
                _isUnfit = true;
            }
        }
    }

    private void Take((string Token, bool IsForAllToRead) read)
    {
        _readAt = _time.GetTimestamp();
        var hash = HashOf(read.Token);
        if (_hash.Length > 0 && !_hash.AsSpan().SequenceEqual(hash))
            LogChanged(_file!);
        Volatile.Write(ref _hash, hash);
        if (read.IsForAllToRead && !_wasForAllToRead)
            LogForAllToRead(_file!);
        _wasForAllToRead = read.IsForAllToRead;
    }
}
