using Sluice.Engine.Keys;

namespace Sluice.Api.DataPlane;

/// <summary>Finds the key of the reservation that a request names.</summary>
internal static class ReservationKey
{
    private static readonly BodyFault Missing = new("keyId", "Is required with the gateway's token.", IsRule: true);

    private static readonly BodyFault Unknown = new("keyId", "There is no key with this id.", IsRule: true);

    private static readonly BodyFault NotYours = new(
        "keyId", "Can be given with the gateway's token only; a secret names its key.", IsRule: true);

    /// <summary>
    /// Returns the holder of a request without a body: that of its secret; for a gateway, the key that
    /// <c>?keyId=</c> names. Null after the refusal was sent.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="host">Authenticates, and finds keys.</param>
    /// <param name="mayHaveEnded">Whether a secret that has stopped working will do, to end what was begun.</param>
    public static async ValueTask<SecretHolder?> OfQueryAsync(
        HttpContext http, DataPlaneHost host, bool mayHaveEnded)
    {
        var gateway = host.IsGateway(http);
        var holder = gateway ? null
            : mayHaveEnded ? await host.AuthenticateHolderAsync(http)
            : await OfLivingAsync(http, host);
        if (!gateway && holder is null)
            return null;
        var faults = new List<BodyFault>();
        var keyId = http.Request.Query["keyId"].ToString() is { Length: > 0 } given ? given : null;
        holder = await FindAsync(host, holder, keyId, faults);
        if (faults.Count == 0)
            return holder;
        await DataPlaneHost.SendFaultsAsync(http, faults);
        return null;
    }

    /// <summary>
    /// Reads the body of a request about a reservation, and finds the holder: that of its secret; for a gateway, the
    /// key that the body names. Null after the refusal was sent.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="host">Authenticates, and finds keys.</param>
    /// <param name="fields">What the body may have.</param>
    /// <param name="mayHaveEnded">Whether a secret that has stopped working will do, to end what was begun.</param>
    public static async ValueTask<(UsageReader Body, SecretHolder Holder)?> OfBodyAsync(
        HttpContext http, DataPlaneHost host, UsageFields fields, bool mayHaveEnded)
    {
        var gateway = host.IsGateway(http);
        var holder = gateway ? null
            : mayHaveEnded ? await host.AuthenticateHolderAsync(http)
            : await OfLivingAsync(http, host);
        if ((!gateway && holder is null) || await UsageBody.TakeAsync(http) is not { } body)
            return null;
        var reader = new UsageReader(host.Meter);
        reader.Read(body.Bytes, fields);
        body.Release(http);
        if (reader.Faults.TrueForAll(static fault => fault.IsRule))
            holder = await FindAsync(host, holder, reader.KeyId, reader.Faults);
        if (reader.Faults.Count > 0)
        {
            await DataPlaneHost.SendFaultsAsync(http, reader.Faults);
            return null;
        }

        return (reader, holder!.Value);
    }

    /// <summary>Returns the holder of a secret that works; null after the refusal was sent.</summary>
    public static async ValueTask<SecretHolder?> OfLivingAsync(HttpContext http, DataPlaneHost host) =>
        await host.AuthenticateAsync(http) is { } key ? new SecretHolder(key, SecretEnded: false) : null;

    /// <summary>
    /// Returns the holder of the secret; for a gateway, the key that it names, which may have ended. Null on a fault.
    /// </summary>
    /// <param name="host">Finds keys.</param>
    /// <param name="holder">The holder of the secret; null for a gateway.</param>
    /// <param name="keyId">The key that the request names; null if it names none.</param>
    /// <param name="faults">Receives the fault.</param>
    public static async ValueTask<SecretHolder?> FindAsync(
        DataPlaneHost host, SecretHolder? holder, string? keyId, List<BodyFault> faults)
    {
        if (holder is not null)
        {
            if (keyId is not null)
                faults.Add(NotYours);
            return holder;
        }

        if (keyId is null)
        {
            faults.Add(Missing);
            return null;
        }

        if (IdText.TryParse(IdText.Key, keyId, out var id) && await host.Keys.FindEvenEndedAsync(id) is { } key)
        {
            host.Keys.NoteUse(key);
            return new SecretHolder(key, SecretEnded: false, ByGateway: true);
        }

        faults.Add(Unknown);
        return null;
    }
}
