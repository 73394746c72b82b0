/**
 * The user's own requests and answers, letter for letter as user-requests.md has them; `X` stands for a digit. Nothing here
 * may be changed to make a test pass.
 */
export const userRequests = {
  sendAtOnce:
    '{"phone": "+91XXXXXXXXXX", "message_type": "delivery_reminder", "context": {"delivery_date": "2026-02-01", "customer_name": "John Doe"}, "reference_id": "order_123", "immediate": true}',
  sendLater:
    '{"phone": "+919876543210", "message_type": "delivery_reminder", "context": {"customer_name": "John", "delivery_date": "Jan 28", "area": "Bandra"}, "reference_id": "sub-123", "immediate": false}',
  historyOfPhone: 'history?phone=%2B919876543210&limit=20',
  historyFailed: 'history?status=failed',
  historyRetried: 'history?status=retried',
  historyOfPhoneSent: 'history?phone=%2B91XXXXXXXXXX&status=sent&days=7',
  statisticsOfMonth: 'statistics?days=30',
  statisticsOfWeek: 'statistics?days=7',
  templates: 'templates',
  health: 'health',
  processQueue: '{}',
  webhook: '{"message_id": "msg-xyz", "status": "delivered", "timestamp": "2026-01-27T10:31:00Z"}',
} as const;

/** The user's answers, of which ours carry at least the fields. */
export const userAnswers = {
  sent: ['id', 'phone', 'message_type', 'status', 'message_text', 'sent_at', 'reference_id'],
  /** The same result in another place of the user's documents. */
  sentElsewhere: ['id', 'status', 'phone', 'type', 'timestamp', 'myoperator_id'],
  messageText: 'Your EarlyBird delivery scheduled for February 1',
  delivered: ['id', 'phone', 'status', 'delivered_at', 'myoperator_message_id'],
  statistics:
    '{"total_sent": 150, "total_delivered": 145, "total_failed": 5, "total_read": 120, "success_rate": 96.67, "delivery_rate": 96.67, "period_days": 7}',
  health: '{"status": "healthy", "message": "WhatsApp notification service is running", "uptime_seconds": 12.34}',
} as const;

/** A request with digits in place of its `X`s. */
export function withDigits(request: string, digits = '9876500001'): string {
  return request.replace('XXXXXXXXXX', digits);
}
