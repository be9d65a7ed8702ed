// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Check whether usage would pass, and if not, what refuses it; nothing is counted.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<CheckAnswer>> CheckUsageAsync(Usage body, CancellationToken ct = default) =>
        SendAsync<CheckAnswer>(
            SluiceRequest.To("POST", "/v1/usage/check")
                .Sends(body),
            ct);

    /// <summary>Commit a reservation with what was really used; no limit refuses it.</summary>
    /// <param name="reservationId">The id of the reservation.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<UsageAnswer>> CommitReservationAsync(
        string reservationId,
        Commit body,
        CancellationToken ct = default) =>
        SendAsync<UsageAnswer>(
            SluiceRequest.To("POST", "/v1/reservations/{id}/commit", reservationId)
                .Sends(body),
            ct);

    /// <summary>Get the scopes in which the key counts, with their states and limits.</summary>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<LimitsAnswer>> GetLimitsAsync(CancellationToken ct = default) =>
        SendAsync<LimitsAnswer>(
            SluiceRequest.To("GET", "/v1/limits"),
            ct);

    /// <summary>Get a reservation: what it holds, until when, and how it ended.</summary>
    /// <param name="reservationId">The id of the reservation.</param>
    /// <param name="keyId">
    /// The id of the reservation's key; needed with the gateway's token, not allowed without it.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ReservationState>> GetReservationAsync(
        string reservationId,
        string? keyId = null,
        CancellationToken ct = default) =>
        SendAsync<ReservationState>(
            SluiceRequest.To("GET", "/v1/reservations/{id}", reservationId)
                .With("keyId", keyId),
            ct);

    /// <summary>Record usage that metering SDKs send as CloudEvents 1.0.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> PostEventsAsync(
        CloudEvent body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("POST", "/v1/events")
                .Sends(body, "application/cloudevents+json")
                .Once(idempotencyKey),
            ct);

    /// <summary>Record CloudEvents where OpenMeter's SDKs send them.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> PostEventsOfSdksAsync(
        CloudEvent body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("POST", "/api/v1/events")
                .Sends(body, "application/cloudevents+json")
                .Once(idempotencyKey),
            ct);

    /// <summary>Count usage, or refuse it if a limit would be exceeded.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<UsageAnswer>> PostUsageAsync(
        Usage body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<UsageAnswer>(
            SluiceRequest.To("POST", "/v1/usage")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Count up to 10,000 events of many keys, each by itself, in order.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<BatchAnswer>> PostUsageBatchAsync(
        IReadOnlyList<BatchItem> body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<BatchAnswer>(
            SluiceRequest.To("POST", "/v1/usage/batch")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Prolong a reservation that is open, at most 24 times; it never ends sooner.</summary>
    /// <param name="reservationId">The id of the reservation.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ReservationState>> ProlongReservationAsync(
        string reservationId,
        Prolongation body,
        CancellationToken ct = default) =>
        SendAsync<ReservationState>(
            SluiceRequest.To("PATCH", "/v1/reservations/{id}", reservationId)
                .Sends(body),
            ct);

    /// <summary>Release a reservation without usage.</summary>
    /// <param name="reservationId">The id of the reservation.</param>
    /// <param name="keyId">
    /// The id of the reservation's key; needed with the gateway's token, not allowed without it.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> ReleaseReservationAsync(
        string reservationId,
        string? keyId = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/v1/reservations/{id}", reservationId)
                .With("keyId", keyId),
            ct);

    /// <summary>Hold an estimate until it is committed, released or expires.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ReservationAnswer>> ReserveAsync(
        Reservation body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<ReservationAnswer>(
            SluiceRequest.To("POST", "/v1/reservations")
                .Sends(body)
                .Once(idempotencyKey),
            ct);
}
