/* Sending layers: compares what is with what the compositor was told. Private. */
#ifndef MD_LAYER_SEND_H
#define MD_LAYER_SEND_H

#include "layer_private.h"
#include "transaction.h"

/* Writes everything that changed in the scene's layers; target_us becomes the begin of animations
 * that begin with the transaction. True if something was written. */
bool md_layers_send(struct md_scene *scene, struct md_transaction *transaction, int64_t target_us);
/* After a new connection: as if the compositor had been told nothing but the root. */
void md_layers_forget(struct md_scene *scene);

#endif
