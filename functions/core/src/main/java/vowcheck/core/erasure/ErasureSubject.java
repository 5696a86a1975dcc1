package vowcheck.core.erasure;

import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.RequestId;

/// Whose values are erased.
public sealed interface ErasureSubject {

    /// The word for this kind of subject in SQL and JSON, such as `loan`.
    String fieldValue();

    /// The id of the loan or request.
    String id();

    /// Every application that was made for a loan, and the labelled rows of that loan. The other applications of
    /// their batches stay.
    record OfLoan(LoanId loanId) implements ErasureSubject {
        @Override
        public String fieldValue() {
            return "loan";
        }

        @Override
        public String id() {
            return loanId.value();
        }
    }

    /// A client's whole request, with its id.
    record OfRequest(ClientName client, RequestId requestId) implements ErasureSubject {
        @Override
        public String fieldValue() {
            return "request";
        }

        @Override
        public String id() {
            return requestId.value();
        }

        /// Names the client only: a client may have chosen an id that names a person.
        @Override
        public String toString() {
            return "OfRequest[" + client + "]";
        }
    }
}
