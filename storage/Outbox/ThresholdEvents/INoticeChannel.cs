using Npgsql;

namespace Sluice.Storage.Outbox.ThresholdEvents;

/// <summary>A channel for threshold events: mail, webhooks.</summary>
public interface INoticeChannel
{
    /// <summary>
    /// Writes the messages to be sent, in the transaction that marks the events as dispatched: both or neither happen.
    /// The number of statements must not depend on the number of rows: there may be thousands of messages per event.
    /// </summary>
    /// <param name="connection">A connection inside the transaction.</param>
    /// <param name="rows">Events of all kinds, by rising number.</param>
    /// <param name="now">The instant of the written rows.</param>
    /// <param name="ct">Cancels the transaction.</param>
    Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<ThresholdEventRow> rows, DateTimeOffset now, CancellationToken ct);
}
