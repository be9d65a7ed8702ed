using Npgsql;

namespace Sluice.Storage.Transitions;

/// <summary>A way by which transitions are told: mail, webhooks.</summary>
public interface INoticeChannel
{
    /// <summary>
    /// Writes down what has to be sent, in the transaction that marks the transitions as told: both or neither happen.
    /// Statements that are as many for one row as for many: there may be thousands of rows behind these.
    /// </summary>
    /// <param name="connection">Inside the transaction.</param>
    /// <param name="rows">Transitions of all kinds, by rising number.</param>
    /// <param name="now">The instant of what is written.</param>
    /// <param name="ct">Cancels the transaction.</param>
    Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<TransitionRow> rows, DateTimeOffset now, CancellationToken ct);
}
